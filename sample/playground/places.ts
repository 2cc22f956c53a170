/** Where everything lives. Browsers resolve every name below `localhost` to this machine. */
export interface Places {
  readonly api: string;
  readonly index: string;
  readonly sites: readonly Site[];
}

export interface Site {
  readonly name: string;
  readonly origin: string;
}

/** Five neighbouring ports, or `0` for the API's to be filled in by tests. */
export function placesFrom(port: number): Places {
  return {
    api: `http://api.shop.localhost:${port}`,
    index: `http://www.shop.localhost:${port + 4}`,
    sites: [
      { name: 'the dashboard', origin: `http://app.shop.localhost:${port + 1}` },
      { name: 'a partner', origin: `http://eu.partner.localhost:${port + 2}` },
      { name: 'a stranger', origin: `http://stranger.localhost:${port + 3}` },
    ],
  };
}

/** The port in an origin of the playground. */
export function portOf(origin: string): number {
  return Number(new URL(origin).port);
}
