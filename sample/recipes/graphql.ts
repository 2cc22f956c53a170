import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Module } from '@nestjs/common';
import { GraphQLModule, Query, Resolver } from '@nestjs/graphql';
import { CorsModule } from 'nestjs-cors';

@Resolver()
export class OrdersResolver {
  @Query(() => [String]) orders(): string[] {
    return ['first', 'second'];
  }
}

@Module({
  imports: [
    CorsModule.forRoot({
      paths: [
        {
          path: '/graphql', // Apollo's own route: no handler of Nest serves it
          methods: ['GET', 'POST'],
          policy: { origin: 'https://app.example.com', credentials: true },
        },
      ],
    }),
    GraphQLModule.forRoot<ApolloDriverConfig>({ driver: ApolloDriver, autoSchemaFile: true }),
  ],
  providers: [OrdersResolver],
})
export class OrdersGraphModule {}
