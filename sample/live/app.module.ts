import { connect } from '@nats-io/transport-node';
import { natsSource } from 'nestjs-cors/nats';
import { ReplicaModule } from './replica.module.js';
import { NATS } from './stores.js';

/** The module as it is made, for the command line: `npx nestjs-cors live status --module dist/sample/live/app.module.js`. */
export const AppModule = ReplicaModule.over(natsSource({ connect: () => connect(), ...NATS }));
