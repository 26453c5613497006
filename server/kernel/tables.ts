import type { ColumnType } from "kysely";

/** A column the database fills when it is not given. */
export type Defaulted<T> = ColumnType<T, T | undefined, T>;
export type Json<T> = ColumnType<T, string, string>;

/** Every table, for Kysely. Filled by the features' `tables.ts` through declaration merging. */
// oxlint-disable-next-line typescript/no-empty-object-type -- filled by declaration merging
export interface Tables {}
