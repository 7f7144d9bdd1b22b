/** The speeds that the page offers, in market seconds per second; 0 is paused. Apart from schemas: pages carry no zod. */
export const VENUE_SPEEDS = [0, 60, 720, 3600] as const;
