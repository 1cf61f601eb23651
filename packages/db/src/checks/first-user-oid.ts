/** Ids of what users make begin here (FirstNormalObjectId); below it is PostgreSQL's own. */
export const firstUserOid = 16_384;
