import { Controller, Delete, Get } from '@nestjs/common';
import { NoCors } from 'nestjs-cors';

/** For no other site, whatever it sends. */
@NoCors()
@Controller('admin')
export class AdminController {
  @Get('users')
  users(): object[] {
    return [{ name: 'Ada' }];
  }

  @Delete('cache')
  clear(): object {
    return { cleared: true };
  }
}
