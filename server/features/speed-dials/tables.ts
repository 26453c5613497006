declare module "../../kernel/tables.ts" {
  interface Tables {
    speed_dials: {
      /** null: everybody's. */
      user_id: number | null;
      code: number;
      name: string;
      phone: string;
    };
  }
}
