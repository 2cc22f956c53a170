/**
 * An element. What is shown is text, never markup: some of it was chosen by whoever sends requests.
 * @param {string} name `'p'`, or `'p.note'` with classes
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 */
export function element(name, attributes = {}, ...children) {
  const [tag, ...classes] = name.split('.');
  const made = document.createElement(tag);
  made.classList.add(...classes);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** @param {string} id */
export const byId = (id) => document.getElementById(id);

/** A document about the application, from beside this page. */
export async function load(name) {
  const response = await fetch(`${document.body.dataset.base}/${name}`);
  const value = await response.json();
  if (!response.ok) throw new Error([value.message].flat().join(' '));
  return value;
}
