import { connect, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http2';

/** Sends requests over one HTTP/2 connection without TLS and returns their response heads. */
export async function requestHttp2(
  port: number,
  requests: readonly OutgoingHttpHeaders[],
): Promise<readonly IncomingHttpHeaders[]> {
  const session = connect(`http://127.0.0.1:${port}`);
  try {
    return await Promise.all(
      requests.map(
        (headers) =>
          new Promise<IncomingHttpHeaders>((resolve, reject) => {
            const stream = session.request(headers, { endStream: true });
            stream.on('response', resolve);
            stream.on('error', reject);
            stream.resume();
          }),
      ),
    );
  } finally {
    session.close();
  }
}
