import { All, Controller, Delete, type INestApplication, Put } from '@nestjs/common';
import { CorsModule, CorsPolicy, NoCors } from 'nestjs-cors';
import { createNest, type Platform } from './nest-app.js';
import { A, C } from './rows/row.js';

const LISTS_DELETE = { origin: A, methods: ['PUT', 'DELETE'] };

@CorsPolicy('a')
@Controller('same')
class SameController {
  @Put(':id') update(): void {}
  @Delete(':id') remove(): void {}
}

@CorsPolicy('a')
@Controller('no-cors')
class NoCorsController {
  @Put(':id') update(): void {}
  @NoCors() @Delete(':id') remove(): void {}
}

@CorsPolicy('a')
@Controller('other-policy')
class OtherPolicyController {
  @Put(':id') update(): void {}
  @CorsPolicy({ origin: C }) @Delete(':id') remove(): void {}
}

@CorsPolicy('a')
@Controller('split')
class SplitController {
  @Put(':id') update(): void {}
}

@NoCors()
@Controller('split')
class SplitNoCorsController {
  @Delete(':id') remove(): void {}
}

@CorsPolicy('a')
@Controller('overlap')
class OverlapController {
  @NoCors() @Delete('special') removeSpecial(): void {}
  @Put(':id') update(): void {}
  @Delete(':id') remove(): void {}
}

@CorsPolicy('a')
@Controller('reverse')
class ReverseController {
  @Put('special') update(): void {}
  @NoCors() @Delete(':id') remove(): void {}
}

@CorsPolicy('a')
@Controller('all')
class AllController {
  @Put(':id') update(): void {}
  @NoCors() @All('*') everything(): void {}
}

@CorsPolicy(LISTS_DELETE)
@Controller('listed')
class ListedController {
  @Put(':id') update(): void {}
  @NoCors() @Delete(':id') remove(): void {}
}

/** One controller for each way in which two methods of a URL can have different policies. */
export function createSiblings(platform: Platform): Promise<INestApplication> {
  return createNest(platform, {
    imports: [CorsModule.forRoot({ policies: { a: { origin: A } } })],
    controllers: [
      SameController,
      NoCorsController,
      OtherPolicyController,
      SplitController,
      SplitNoCorsController,
      OverlapController,
      ReverseController,
      AllController,
      ListedController,
    ],
  });
}
