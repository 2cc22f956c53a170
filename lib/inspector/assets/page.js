import { byId, load } from './dom.js';
import { listenForDenials } from './denials.js';
import { explain, setUpExplain } from './explain.js';
import { showPlaces } from './places.js';

setUpExplain();
listenForDenials(explain);

try {
  const view = await load('view.json');
  const { name, strategy } = view.platform;
  const live = view.live
    ? `, lists from ${view.live.source} at revision ${view.live.revision}`
    : '';
  byId('facts').textContent =
    `${view.places.length} places on ${name}, strategy '${strategy}'${live}${view.debug ? ', debug' : ''}`;
  showPlaces(view, explain);
  document.body.dataset.ready = 'true';
} catch (error) {
  byId('facts').textContent = `The application does not answer: ${error.message}`;
}
