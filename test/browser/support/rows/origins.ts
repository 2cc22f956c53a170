import { brief, type Stage } from '../stage.js';
import { A, type Row } from './row.js';

/** Where origins come from that look like others. */
export const ORIGINS: readonly Row[] = [
  {
    number: 25,
    title: 'sandboxed frames and data: workers are Origin: null, and blocked',
    play: async (stage) => {
      const sandboxed = await stage.page(`${A}/sandboxed`);
      const verdict = await stage.fetch(sandboxed, '/list');
      const { page } = await stage.page(A);
      const inWorker = await page.evaluate(fetchInWorker, `${stage.api}/list`);
      return [verdict, inWorker, stage.received().map(({ headers }) => headers.origin)];
    },
    expected: ['blocked: MissingAllowOriginHeader', 'blocked', ['null', 'null']],
  },
  {
    number: 35,
    title: 'http://bücher.example is allowed by its punycode form',
    play: async (stage) => [
      await stage.fetch(await stage.page('http://bücher.example'), '/idn'),
      stage.received().map(({ headers }) => headers.origin),
    ],
    expected: ['200 cors', ['http://xn--bcher-kva.example']],
  },
  {
    number: 36,
    title: 'hosts with special characters do not slip through *.b.example',
    play: specialHosts,
    expected: {
      'http://sub.b.example': '200 cors',
      'http://sub.b.example{.evil': 'blocked: MissingAllowOriginHeader',
      'http://sub.b.example,.evil': 'blocked: MissingAllowOriginHeader',
      'http://sub.b.example`.evil': 'blocked: MissingAllowOriginHeader',
      'http://sub.b.example_.evil': 'blocked: MissingAllowOriginHeader',
      'http://sub.b.example".evil': 'blocked: MissingAllowOriginHeader',
      'http://evil,.b.example.evil': 'blocked: MissingAllowOriginHeader',
      'http://sub_b.example': 'blocked: MissingAllowOriginHeader',
    },
  },
];

const HOSTS = [
  'sub.b.example',
  'sub.b.example{.evil',
  'sub.b.example,.evil',
  'sub.b.example`.evil',
  'sub.b.example_.evil',
  'sub.b.example".evil',
  'evil,.b.example.evil',
  'sub_b.example',
];

/** By the origin that arrived, which must be the page's to the letter. */
async function specialHosts(stage: Stage): Promise<Record<string, string>> {
  const verdicts: Record<string, string> = {};
  for (const host of HOSTS) {
    const page = await stage.page(`http://${host}/`);
    const verdict = brief(
      await page.fetch({ url: `${stage.api}/pattern`, credentials: 'include' }),
    );
    const [received] = stage.received();
    verdicts[String(received?.headers.origin)] = verdict;
  }
  return verdicts;
}

/** Runs in the page. */
function fetchInWorker(url: string): Promise<unknown> {
  const source = `fetch(${JSON.stringify(url)}).then(() => postMessage('read'), () => postMessage('blocked'))`;
  const worker = new Worker(`data:text/javascript,${encodeURIComponent(source)}`);
  return new Promise((resolve) => {
    worker.addEventListener('message', ({ data }) => resolve(data));
  });
}
