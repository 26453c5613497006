/**
 * The keys of PostgreSQL's advisory locks, all in one place: a key is one lock in the whole database, so that two uses of
 * one key shut each other out. Keys of one number and pairs of numbers do not meet.
 */
export const advisoryLocks = {
  /** Held while migrations run. */
  migration: 4_720_001,
  /** Appenders to the audit log queue here, so that its chain has no fork. */
  auditChain: 4_720_002,
  /** Held by the one call server of a database as long as it lives. */
  server: 4_720_003,
  tallies: 4_720_004,
  /** One sealer of decisions at a time. */
  seals: 4_720_005,
  leadCounts: 4_720_006,
} as const;

/** The first number of locks that are a pair; the second says which row. */
export const advisoryLockSpaces = {
  /** Second: a campaign. */
  claims: 4_720_003,
  /** Second: the hash of a phone number. */
  numbers: 7321,
} as const;
