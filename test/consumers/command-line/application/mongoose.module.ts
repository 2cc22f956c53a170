import { Injectable, Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { InjectModel, MongooseModule, Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { CorsModule } from 'nestjs-cors';
import { OrdersController } from './orders.controller.js';

@Schema()
export class Order {
  @Prop() name!: string;
}

@Injectable()
export class OrdersService {
  constructor(@InjectModel(Order.name) readonly orders: Model<Order>) {}
}

/** A database on an address that nobody has (RFC 5737). */
@Module({
  imports: [
    ConfigModule.forRoot({ isGlobal: true }),
    MongooseModule.forRootAsync({
      inject: [ConfigService],
      useFactory: (config: ConfigService) => ({
        uri: config.get<string>('DATABASE_URL', 'mongodb://192.0.2.1/orders'),
      }),
    }),
    MongooseModule.forFeature([{ name: Order.name, schema: SchemaFactory.createForClass(Order) }]),
    CorsModule.forRootAsync({
      inject: [ConfigService],
      useFactory: (config: ConfigService) => ({
        policies: { partners: { origin: config.get('PARTNERS', 'https://partner.example') } },
      }),
    }),
  ],
  controllers: [OrdersController],
  providers: [OrdersService],
})
export class AppModule {}
