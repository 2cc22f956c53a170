import { Controller, Delete, Get, Put, type Type } from '@nestjs/common';
import { CorsPolicy, type CorsPolicyName, type CorsPolicyOptions } from 'nestjs-cors';

/** A controller under one policy: GET, PUT and DELETE at one path. */
export function controllerUnder(path: string, policy: CorsPolicyName | CorsPolicyOptions): Type {
  @CorsPolicy(policy)
  @Controller(path)
  class PolicyController {
    @Get() read(): string {
      return 'read';
    }
    @Put() write(): string {
      return 'written';
    }
    @Delete() remove(): string {
      return 'removed';
    }
  }
  return PolicyController;
}
