import { Module } from '@nestjs/common';
import { CorsModule } from 'nestjs-cors';

@Module({ imports: [] })
class MadeModule {}

const imports = [CorsModule.forRoot({ default: { origin: 'https://app.example' } })];

export default { module: MadeModule, imports };
