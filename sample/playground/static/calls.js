/** The API's explanation of a call from an origin. A browser tells a script no more than "Failed to fetch". */
export async function ask(api, what, { method, path, headers, credentials }, origin) {
  const about = new URLSearchParams({
    method,
    path,
    origin,
    headers: Object.keys(headers).join(','),
  });
  if (credentials !== undefined) about.set('credentials', credentials);
  const response = await fetch(`${api}/_playground/${what}?${about}`, { cache: 'no-store' });
  return response.json();
}

/** Makes a call as the page that this runs in, and says what its script gets. */
export async function tryCall(api, call) {
  const { path, method, headers, body, credentials } = call;
  try {
    const response = await fetch(api + path, {
      method,
      headers,
      body,
      credentials,
      cache: 'no-store',
    });
    return { state: 'readable', text: `${response.status} readable` };
  } catch {
    const { words } = await ask(api, 'explain', call, location.origin);
    return { state: 'blocked', text: `blocked: ${words ?? 'no answer'}` };
  }
}
