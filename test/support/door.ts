import { Controller, Get, Put } from '@nestjs/common';

/** A controller to knock at. */
@Controller('door')
export class DoorController {
  @Get() read(): string {
    return 'read';
  }
  @Put() write(): string {
    return 'written';
  }
}
