import { type Type, VERSION_NEUTRAL, VersioningType } from '@nestjs/common';
import { HOST_METADATA, VERSION_METADATA } from '@nestjs/common/constants.js';
import type { ApplicationConfig } from '@nestjs/core';
import type { NestRoute } from './nest-route.js';

/** What chooses a handler besides method and path: hosts and versions. */
export class RouteBounds {
  /** Nest registers the routes of a controller one after the other. */
  private latest: { readonly controller?: Type; readonly host: NestRoute['host'] } = {
    host: undefined,
  };

  constructor(private readonly config: ApplicationConfig) {}

  /** The hosts that a controller is bound to. */
  hostOf(controller: Type): NestRoute['host'] {
    if (controller !== this.latest.controller) {
      const host = Reflect.getMetadata(HOST_METADATA, controller) as NestRoute['host'];
      this.latest = { controller, host };
    }
    return this.latest.host;
  }

  /** Whether a handler's version is in a header, a media type, or wherever a function looks: a preflight carries none. */
  isVersionedByHeader(controller: Type, handler: object): boolean {
    const versioning = this.config.getVersioning();
    if (versioning === undefined || versioning.type === VersioningType.URI) return false;
    const own: unknown = Reflect.getMetadata(VERSION_METADATA, handler);
    const version = own || controllerVersion(controller, this.config);
    return Boolean(version) && version !== VERSION_NEUTRAL;
  }
}

/** The version of a controller's handlers that have none of their own. */
export function controllerVersion(controller: Type, config: ApplicationConfig): unknown {
  const versioning = config.getVersioning();
  if (versioning === undefined) return undefined;
  return Reflect.getMetadata(VERSION_METADATA, controller) ?? versioning.defaultVersion;
}
