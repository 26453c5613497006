declare module "../../kernel/events.ts" {
  interface AppEvents {
    "customer.changed": { customerId: number };
  }
}
