import { writeFileSync } from 'node:fs';
import { installed, type Projects } from './support/installed.js';
import { shop } from './support/shop.js';

let projects: Projects;
beforeAll(() => {
  projects = installed();
});
afterAll(() => projects.remove());

describe('nestjs-cors diff', () => {
  it('names what is wider, with a witness, and exits with 1; with 0 where nothing is', () => {
    const before = shop(projects, 'esm', 'manifest').out;
    const after = before.replace(
      '"https://partner.example"',
      '"https://*.partner.example", "https://partner.example"',
    );
    const [old, fresh] = [projects.file('before.json'), projects.file('after.json')];
    writeFileSync(old, before);
    writeFileSync(fresh, after);
    expect(projects.run('esm', ['diff', old, old])).toMatchObject({ code: 0 });
    expect(shop(projects, 'esm', 'diff', old)).toMatchObject({ code: 0 });
    expect(projects.run('esm', ['diff', old, fresh])).toMatchObject({
      code: 1,
      out: expect.stringContaining(
        'WIDER  GET /api/orders  (partners → partners, OrdersController)',
      ),
    });
    const differences = JSON.parse(
      projects.run('esm', ['diff', '--json', old, fresh]).out,
    ) as unknown;
    expect(differences).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ verdict: 'wider', witness: 'https://a.partner.example' }),
      ]),
    );
  });

  it('refuses what is no manifest', () => {
    const file = projects.file('other.json');
    writeFileSync(file, '{}');
    expect(projects.run('esm', ['diff', file, file])).toMatchObject({ code: 2 });
  });
});
