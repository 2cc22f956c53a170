import { createServer, type Server } from 'node:http';

/** An HTTP service of another team, which allows every site whatever it likes. The gateway has the last word. */
export function startReports(port: number): Promise<Server> {
  const server = createServer((request, response) => {
    response.writeHead(200, {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Expose-Headers': 'X-Report-Id',
      'Content-Type': 'application/json',
      Vary: 'Accept',
      'X-Report-Id': '42',
    });
    response.end(JSON.stringify({ report: request.url, revenue: 1234 }));
  });
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}
