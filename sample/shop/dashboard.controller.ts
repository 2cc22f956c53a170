import { Body, Controller, Get, Put } from '@nestjs/common';

/** The shop's own dashboard, on cookies: under the default policy, `app`. */
@Controller('dashboard')
export class DashboardController {
  @Get()
  overview(): object {
    return { revenue: 1234, currency: 'EUR' };
  }

  @Put('settings')
  saveSettings(@Body() settings: object): object {
    return { saved: settings };
  }
}
