import { saysPolling, saysScript } from '../../../lib/sockets/polling-query.js';

it.each([
  ['/socket.io/?EIO=4&transport=polling', true],
  ['/socket.io/?EIO=4&transport=polling&sid=7', true],
  ['/?transport=polling', true],
  ['/socket.io/?%74ransport=%70ollin%67', true],
  ['/socket.io/?transport=none&transport=polling', true],
  ['/socket.io/?transport=polling&transport=none', true],
  ['/socket.io/?transport=polling#?', true],
  ['/socket.io/?transport=websocket', false],
  ['/socket.io/#?transport=polling', false],
  ['/socket.io/?transport=polling2', false],
  ['/socket.io/?a=transport%3Dpolling', false],
  ['/transport=polling', false],
  ['/socket.io/socket.io.js', false],
  ['', false],
])('the target of a polling request: %s, %s', (url, polls) => {
  expect(saysPolling(url)).toBe(polls);
});

it.each([
  ['/?j=0', true],
  ['/?transport=polling&%6a=', true],
  ['/?transport=polling', false],
  ['/?jj=0#&j=0', false],
  ['/j=0', false],
])('the target of a script element: %s, %s', (url, script) => {
  expect(saysScript(url)).toBe(script);
});
