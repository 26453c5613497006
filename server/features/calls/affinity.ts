/**
 * Where a leg is born: who works for a campaign and whom it calls share a home among the media processes, so that the
 * two meet without a hop for as long as the home has room. It is a hint; any two legs can meet.
 */
export const affinityOf = (campaignId: number | undefined) =>
  campaignId === undefined ? "floor" : `campaign-${campaignId}`;
