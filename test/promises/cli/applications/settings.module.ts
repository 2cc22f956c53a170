import { Inject, Injectable, Module } from '@nestjs/common';

/** The provider that the policies come from; it has a provider of its own. */
@Injectable()
export class Settings {
  constructor(@Inject('ENVIRONMENT') readonly environment: { readonly partner: string }) {}
}

@Module({
  providers: [
    { provide: 'ENVIRONMENT', useFactory: async () => ({ partner: 'https://partner.example' }) },
    Settings,
  ],
  exports: [Settings],
})
export class SettingsModule {}
