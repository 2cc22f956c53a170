import { MAX_ORIGIN_LENGTH } from '../../protocol/origin/grammar.js';
import { sourcesOfDefaultPorts } from '../edge/edge-origins.js';
import { OTHER } from '../edge/edge-methods.js';
import type { EdgeTable } from '../edge/edge-table.js';
import { NEVER } from '../edge/named-cells.js';
import { type Lookup, NOTHING, own, request, type Row } from './lookup.js';

const ASKED = 'Access-Control-Request-Method';

/**
 * The question: the phase, the method, the path and the origin, each as far as it is valid. `target`, the path as it was
 * sent, comes from the engine.
 */
export function requestLookups({ canonical, methods }: EdgeTable): readonly Lookup[] {
  return [
    {
      about: 'A preflight is OPTIONS with an Origin and Access-Control-Request-Method.',
      name: 'has_origin',
      of: [request('Origin')],
      rows: [['', ['no']]],
      otherwise: ['yes'],
    },
    {
      name: 'phase',
      of: [{ kind: 'method' }, ' ', own('has_origin'), ' ', request(ASKED)],
      rows: [[{ expression: '^OPTIONS yes .' }, ['preflight']]],
      otherwise: ['actual'],
    },
    {
      name: 'asked',
      of: [own('phase')],
      rows: [['preflight', [request(ASKED)]]],
      otherwise: [{ kind: 'method' }],
    },
    {
      about: 'Methods are compared with regard to case, and some no browser may ask for.',
      name: 'method',
      of: [own('asked')],
      rows: [
        [{ expression: `^(?:${methods.named.join('|')})$` }, [own('asked')]],
        [{ expression: `^(?:${methods.others.join('|')})$` }, [OTHER]],
      ],
      otherwise: [NEVER],
    },
    {
      about: 'The path as it was sent; nothing where services may read it in several ways.',
      name: 'path',
      of: [own('target')],
      rows: [
        ...canonical.excluded.map((expression): Row => [{ expression }, NOTHING]),
        [{ expression: canonical.expression }, [own('target')]],
      ],
      otherwise: NOTHING,
    },
    {
      about:
        'Of every origin in a list the letters are small, and browsers leave the default port out.',
      name: 'origin',
      of: [request('Origin')],
      rows: [
        [{ expression: `^.{${MAX_ORIGIN_LENGTH + 1}}` }, NOTHING],
        [{ expression: '[^!-@\\[-~]' }, NOTHING],
        ...sourcesOfDefaultPorts().map((expression): Row => [{ expression }, NOTHING]),
        [{ expression: '^[a-z].*$' }, [request('Origin')]],
      ],
      otherwise: NOTHING,
    },
  ];
}
