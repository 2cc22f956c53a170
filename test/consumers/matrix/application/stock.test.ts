import { Test } from '@nestjs/testing';
import { AppModule } from './app.module.js';

it('starts', async () => {
  const module = await Test.createTestingModule({ imports: [AppModule.with('hook')] }).compile();
  const app = module.createNestApplication();
  await app.init();
  expect(app).toBeDefined();
  await app.close();
});
