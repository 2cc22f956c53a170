import { Injectable, Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { InjectRepository, TypeOrmModule } from '@nestjs/typeorm';
import { CorsModule } from 'nestjs-cors';
import { Column, Entity, PrimaryGeneratedColumn, Repository } from 'typeorm';
import { OrdersController } from './orders.controller.js';

@Entity()
export class Order {
  @PrimaryGeneratedColumn() id!: number;
  @Column() name!: string;
}

@Injectable()
export class OrdersService {
  constructor(@InjectRepository(Order) readonly orders: Repository<Order>) {}
}

/** A database on an address that nobody has (RFC 5737). */
@Module({
  imports: [
    ConfigModule.forRoot({ isGlobal: true }),
    TypeOrmModule.forRootAsync({
      inject: [ConfigService],
      useFactory: (config: ConfigService) => ({
        type: 'postgres' as const,
        host: config.get<string>('DATABASE_HOST', '192.0.2.1'),
        entities: [Order],
      }),
    }),
    TypeOrmModule.forFeature([Order]),
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
