import { Controller, Get, Query } from '@nestjs/common';
import { CorsInspector, CorsPolicy, type CorsExplanation } from 'nestjs-cors';
import { Anonymous } from '../shop/auth.guard.js';
import { type Exchange, ExchangeLog } from './exchanges.js';

/** What the grid shows when a cell is clicked: the policy, where it stands, and what went over the wire. */
@Anonymous()
@CorsPolicy('public')
@Controller('_playground')
export class ExplainController {
  constructor(
    private readonly inspector: CorsInspector,
    private readonly log: ExchangeLog,
  ) {}

  @Get('explain')
  explain(
    @Query('method') method: string,
    @Query('path') path: string,
    @Query('origin') origin: string,
  ): Promise<CorsExplanation> {
    return this.inspector.explain(method, path, origin);
  }

  @Get('exchanges')
  exchanges(
    @Query('method') method: string,
    @Query('path') path: string,
    @Query('origin') origin: string,
  ): readonly Exchange[] {
    return this.log.find(origin, method, path);
  }
}
