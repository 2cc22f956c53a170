// Datadog's dd-trace. The name of a request is the resource of its root span, handed to a hook when the span ends.
import { createRequire } from 'node:module';

const require = createRequire(`${process.env.AGENTS}/package.json`);
require('dd-trace/register.js');
const tracer = require('dd-trace');
const spans = [];
const hooks = { request: (span) => void spans.push(span) };

tracer.init({ url: 'http://127.0.0.1:1', startupLogs: false, logLevel: 'error' });
tracer.use('http', { server: { hooks } });
tracer.use('express', { hooks });
tracer.use('fastify', { hooks });

globalThis.namesOfRequests = () => spans.map((span) => span.context().getTag('resource.name'));
