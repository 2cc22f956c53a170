import type { Call } from './calls.js';
import type { Places, Site } from './places.js';

const STYLE = `
  body { font: 15px/1.4 system-ui, sans-serif; margin: 1.2rem; color: #1d2330; background: #fff; }
  h1 { font-size: 1.05rem; margin: 0 0 .1rem; } p { margin: 0 0 .8rem; color: #667; font-size: .85rem; }
  table { border-collapse: separate; border-spacing: 0 4px; width: 100%; }
  td { padding: .4rem .6rem; border-radius: 4px; cursor: pointer; }
  td.title { font-size: .85rem; } td.cell { width: 9.5rem; font-size: .8rem; background: #eef0f4; }
  td.readable { background: #d3f3dc; color: #0d5527; } td.blocked { background: #fbdcdc; color: #8a1420; }
  pre { white-space: pre-wrap; word-break: break-all; font-size: .75rem; background: #f6f7f9; padding: .7rem; border-radius: 4px; }
  .columns { display: flex; gap: 0; } iframe { border: 0; flex: 1; height: 40rem; min-width: 0; }
`;

/** Runs in the browser: tries every call and colours its cell by whether the script could read the answer. */
function grid(api: string, calls: readonly Call[]): void {
  const cells = [...document.querySelectorAll<HTMLElement>('td.cell')];
  const ask = async (what: string, { method, path }: Call): Promise<Record<string, unknown>> => {
    const about = new URLSearchParams({ method, path, origin: location.origin });
    return (await fetch(`${api}/_playground/${what}?${about.toString()}`)).json() as never;
  };
  const run = async (call: Call, cell: HTMLElement): Promise<void> => {
    const { title: _title, path, ...init } = call;
    try {
      const response = await fetch(api + path, init);
      cell.textContent = `${response.status} readable`;
      cell.classList.add('readable');
    } catch (error) {
      // The browser tells a script no more than "Failed to fetch"; the server knows which step failed.
      const preflight = (await ask('explain', call))['preflight'] as
        { failure?: string } | undefined;
      cell.textContent = `blocked: ${preflight?.failure ?? 'no policy'}`;
      cell.title = String(error);
      cell.classList.add('blocked');
    }
  };
  const show = async (call: Call): Promise<void> => {
    const shown = {
      explanation: await ask('explain', call),
      exchange: await ask('exchanges', call),
    };
    const target = document.querySelector('pre');
    if (target)
      target.textContent = `${call.method} ${call.path}\n${JSON.stringify(shown, null, 2)}`;
  };
  const all = async (): Promise<void> => {
    await fetch(`${api}/session`, { method: 'POST', credentials: 'include' }).catch(
      () => undefined,
    );
    for (const [index, call] of calls.entries()) {
      const cell = cells[index];
      if (cell === undefined) continue;
      await run(call, cell);
      cell.addEventListener('click', () => void show(call));
    }
    document.body.dataset['done'] = 'true';
  };
  void all();
}

/** The page of one site: the same grid as on every other. */
export function sitePage(site: Site, api: string, calls: readonly Call[]): string {
  const rows = calls.map(
    ({ title, method }) => `<tr><td class="title">${title}<td class="cell">${method} …`,
  );
  return `<!doctype html><meta charset="utf-8"><title>${site.name}</title><style>${STYLE}</style>
<h1>${site.name}</h1><p>${site.origin}</p><table>${rows.join('')}</table><pre>Click a cell to see why.</pre>
<script>(${grid.toString()})(${JSON.stringify(api)}, ${JSON.stringify(calls)})</script>`;
}

/** The three sites side by side. */
export function indexPage({ sites, api }: Places): string {
  const frames = sites.map(
    ({ origin, name }) => `<iframe src="${origin}" title="${name}"></iframe>`,
  );
  return `<!doctype html><meta charset="utf-8"><title>nestjs-cors playground</title><style>${STYLE}</style>
<h1>One API, three sites</h1><p>${api}: green is readable by the page's script, red is not. Click a cell to see why.</p>
<div class="columns">${frames.join('')}</div>`;
}
