export { CorsInspectorModule } from './inspector.module.js';
export type { CorsInspectorModuleOptions } from './inspector-options.js';
