export { redisSource, type RedisSourceOptions } from './redis-source.js';
export { redisPublisher, type RedisPublisherOptions } from './redis-publisher.js';
export { CorsConflictError, type CorsLiveLists, type CorsPublisher } from '../live/adapters.js';
