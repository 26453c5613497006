/** What the test runner (`tools/test.ts`) tells its test processes. The only reader of the environment in tests. */
export const testEnv = {
  /** URL of the run's PostgreSQL; absent when a file is run by hand. */
  postgresUrl: process.env["WAIHU_TEST_POSTGRES"],
};
