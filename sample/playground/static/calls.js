/** Makes an element with text, never markup. */
export function element(name, attributes = {}, ...children) {
  const [tag, ...classes] = name.split('.');
  const made = document.createElement(tag);
  made.classList.add(...classes);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export const byId = (id) => document.getElementById(id);

/** What the API says about a call from an origin. A browser tells a script no more than "Failed to fetch". */
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
