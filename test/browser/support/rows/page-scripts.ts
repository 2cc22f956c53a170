/** Functions that run in the page; none may refer to anything outside itself. */

export function openEvents(request: { url: string; withCredentials: boolean }): Promise<string> {
  const { url, withCredentials } = request;
  const source = new EventSource(url, { withCredentials });
  return new Promise((resolve) => {
    const finish = (outcome: string): void => {
      source.close();
      resolve(outcome);
    };
    source.addEventListener('message', ({ data }) => finish(String(data)));
    source.addEventListener('error', () => finish('error'));
  });
}

export async function importModule(url: string): Promise<string> {
  return new Promise((resolve) => {
    const script = document.createElement('script');
    script.type = 'module';
    script.addEventListener('load', () => resolve('imported'));
    script.addEventListener('error', () => resolve('failed'));
    script.src = url;
    document.head.append(script);
  });
}

export async function loadFont(url: string): Promise<string> {
  try {
    await new FontFace('test', `url(${url})`).load();
    return 'loaded';
  } catch {
    return 'failed';
  }
}

/** With `crossorigin` where the server allows that, as a page would have to; else without, which taints the canvas. */
export async function readPixel(url: string): Promise<string> {
  const load = (crossOrigin: string | null): Promise<HTMLImageElement | undefined> =>
    new Promise((resolve) => {
      const image = new Image();
      image.crossOrigin = crossOrigin;
      image.addEventListener('load', () => resolve(image));
      image.addEventListener('error', () => resolve(undefined));
      image.src = url;
    });
  const image = (await load('anonymous')) ?? (await load(null));
  const context = document.createElement('canvas').getContext('2d');
  if (image === undefined || context === null) return 'not loaded';
  context.drawImage(image, 0, 0);
  try {
    context.getImageData(0, 0, 1, 1);
    return 'readable';
  } catch {
    return 'tainted';
  }
}

export function upload(url: string): Promise<string> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.upload.addEventListener('progress', () => {});
    request.addEventListener('load', () => resolve(String(request.status)));
    request.addEventListener('error', () => resolve('error'));
    request.open('POST', url);
    request.send('text');
  });
}

export function beacon(url: string): void {
  navigator.sendBeacon(url, new Blob(['{}'], { type: 'application/json' }));
}
