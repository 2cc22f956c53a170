import {
  type CanActivate,
  Controller,
  Get,
  Inject,
  NotFoundException,
  Param,
  Query,
  Req,
  Res,
  type Type,
  UseGuards,
  VERSION_NEUTRAL,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { declareCors } from '../decorators/metadata.js';
import { CorsInspector } from '../inspect/cors-inspector.js';
import { assetNamed, pageFor } from './assets.js';
import { DenialStreams } from './denials/denial-streams.js';
import type { CorsInspectorModuleOptions } from './inspector-options.js';
import { OwnPageGuard } from './own-page.guard.js';
import { readQuestion, type AskedFor } from './view/read-question.js';
import { stepsOf } from './view/steps.js';
import { viewOf } from './view/view.js';

/** The part of Express's and Fastify's requests that the page is made for. */
interface Addressed {
  readonly url: string;
}

const HEADERS = {
  'Cache-Control': 'no-store',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
} as const;

/**
 * The page and what it loads. Every answer goes out through the adapter, as it is: an interceptor of the application that wraps
 * answers has no hand in it.
 */
class InspectorPage {
  @Inject() private readonly inspector!: CorsInspector;
  @Inject() private readonly streams!: DenialStreams;
  @Inject() private readonly host!: HttpAdapterHost;

  @Get()
  page(@Req() { url }: Addressed, @Res() response: unknown): void {
    this.reply(response, 'text/html', pageFor(url));
  }

  @Get('assets/:name')
  asset(@Param('name') name: string, @Res() response: unknown): void {
    const asset = assetNamed(name);
    if (asset === undefined) throw new NotFoundException();
    this.reply(response, asset.type, asset.text);
  }

  /** The manifest in full, as `npx nestjs-cors manifest` prints it. */
  @Get('manifest.json')
  manifest(@Res() response: unknown): void {
    this.replyJson(response, this.inspector.manifest());
  }

  @Get('view.json')
  view(@Res() response: unknown): void {
    this.replyJson(response, viewOf(this.inspector.manifest()));
  }

  @Get('explain.json')
  async explain(@Query() query: AskedFor, @Res() response: unknown): Promise<void> {
    const question = readQuestion(query);
    const { method, url, origin, headers } = question;
    const explanation = await this.inspector.explain(method, url, origin, headers);
    this.replyJson(response, { explanation, steps: stepsOf(question, explanation) });
  }

  @Get('denials')
  denials(@Req() request: unknown, @Res() response: unknown): void {
    this.streams.open(request, response);
  }

  private replyJson(response: unknown, value: unknown): void {
    this.reply(response, 'application/json', JSON.stringify(value));
  }

  private reply(response: unknown, type: string, text: string): void {
    const { httpAdapter } = this.host;
    const headers = { ...HEADERS, 'Content-Type': `${type}; charset=utf-8` };
    for (const [name, value] of Object.entries(headers))
      httpAdapter.setHeader(response, name, value);
    httpAdapter.reply(response, text, 200);
  }
}

/** The page's controller at a path: a class of its own for every application. */
export function pageController(options: CorsInspectorModuleOptions): Type {
  const { path = 'cors', guards = [], decorators = [] } = options;
  class CorsInspectorPage extends InspectorPage {}
  Controller({ path, version: VERSION_NEUTRAL })(CorsInspectorPage);
  declareCors({ policy: false })(CorsInspectorPage);
  UseGuards(OwnPageGuard, ...(guards as readonly Type<CanActivate>[]))(CorsInspectorPage);
  for (const decorate of decorators) decorate(CorsInspectorPage);
  return CorsInspectorPage;
}
