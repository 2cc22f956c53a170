// OpenTelemetry with its instrumentations of HTTP, Express, Fastify and Nest. The name of a request is that of its server span.
import { createRequire, register } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(`${process.env.AGENTS}/package.json`);
register(pathToFileURL(require.resolve('@opentelemetry/instrumentation/hook.mjs')));

const { registerInstrumentations } = require('@opentelemetry/instrumentation');
const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http');
const { ExpressInstrumentation } = require('@opentelemetry/instrumentation-express');
const { NestInstrumentation } = require('@opentelemetry/instrumentation-nestjs-core');
const { FastifyOtelInstrumentation } = require('@fastify/otel');
const sdk = require('@opentelemetry/sdk-trace-node');
const { SpanKind } = require('@opentelemetry/api');

const exporter = new sdk.InMemorySpanExporter();
const tracerProvider = new sdk.NodeTracerProvider({
  spanProcessors: [new sdk.SimpleSpanProcessor(exporter)],
});
tracerProvider.register();
const fastify = new FastifyOtelInstrumentation({ registerOnInitialization: true });
registerInstrumentations({
  tracerProvider,
  instrumentations: [
    new HttpInstrumentation(),
    new ExpressInstrumentation(),
    new NestInstrumentation(),
    fastify,
  ],
});

globalThis.namesOfRequests = () =>
  exporter
    .getFinishedSpans()
    .filter(({ kind }) => kind === SpanKind.SERVER)
    .map(({ name }) => name);
