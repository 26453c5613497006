export { createFeatureCodes } from "./feature-codes.ts";
