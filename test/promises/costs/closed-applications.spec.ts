import { ModulesContainer } from '@nestjs/core';
import { CorsInspectorModule } from 'nestjs-cors/inspector';
import { answers } from '../../support/connection.js';
import { controllerUnder } from '../../support/controller-under.js';
import { collectGarbage } from '../../support/garbage.js';
import { createAdapter, MATRIX, type Setup } from '../../support/platforms.js';
import { get } from '../../support/requests.js';
import { startApp } from '../../support/test-app.js';
import { until } from '../../support/until.js';

const PARTNER = 'https://partner.example';
/** Enough to tell one that something still holds, the last, from all of them. */
const APPLICATIONS = 5;

/** Starts an application, has it answer, and closes it. @returns its modules, with everything that is in them */
async function used({ platform, strategy }: Setup): Promise<WeakRef<ModulesContainer>> {
  const cors = { policies: { partners: { origin: PARTNER } } };
  const description = {
    controllers: [controllerUnder('orders', 'partners')],
    imports: [CorsInspectorModule.forRoot()],
    cors,
  };
  const { app, port, close } = await startApp(createAdapter(platform), description, strategy);
  await answers(port, [get('/orders', PARTNER), get('/orders', 'https://stranger.example')]);
  const modules = new WeakRef(app.get(ModulesContainer));
  await close();
  return modules;
}

describe.each(MATRIX)('applications on $title', (setup) => {
  it('that are closed are forgotten', async () => {
    const applications: WeakRef<ModulesContainer>[] = [];
    for (let count = 0; count < APPLICATIONS; count += 1) applications.push(await used(setup));
    const kept = (): number => {
      collectGarbage();
      return applications.filter((modules) => modules.deref() !== undefined).length;
    };
    await until(() => kept() <= 1);
    expect(kept()).toBeLessThanOrEqual(1);
  });
});
