export { natsSource, type NatsSourceOptions } from './nats-source.js';
export { natsPublisher, type NatsPublisherOptions } from './nats-publisher.js';
export { CorsConflictError, type CorsLiveLists, type CorsPublisher } from '../live/adapters.js';
