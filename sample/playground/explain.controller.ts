import { Controller, Get, Query } from '@nestjs/common';
import { CorsInspector, CorsPolicy, type CorsExplanation } from 'nestjs-cors';
import { Anonymous } from '../shop/auth.guard.js';
import { type Exchange, ExchangeLog } from './exchanges.js';
import { wordsFor } from './words.js';

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly origin: string;
  readonly headers?: string;
  readonly credentials?: string;
}

/** Answers for the grid: why a call is blocked, and what went over the wire. Its own policy is not in the editor. */
@Anonymous()
@CorsPolicy({ origin: '*' })
@Controller('_playground')
export class ExplainController {
  constructor(
    private readonly inspector: CorsInspector,
    private readonly log: ExchangeLog,
  ) {}

  @Get('explain')
  async explain(@Query() asked: Asked): Promise<CorsExplanation & { words: string | undefined }> {
    const { method, path, origin, headers = '', credentials } = asked;
    const names = headers.split(',').filter((name) => name !== '');
    const explanation = await this.inspector.explain(method, path, origin, names);
    return { ...explanation, words: wordsFor(explanation, credentials !== undefined) };
  }

  @Get('exchanges')
  exchanges(@Query() { method, path, origin, headers = '' }: Asked): readonly Exchange[] {
    return this.log.find(origin, method, path, headers.includes('authorization'));
  }
}
