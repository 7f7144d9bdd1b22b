import { z } from "zod";

import { parseNumber } from "~/trading/market/parse-number";
import { VenueError } from "~/trading/venue-error";

import type { OkxClient } from "./create-okx-client";

const timeSchema = z.looseObject({ ts: z.unknown() });

/** OKX's clock, ms. Throws VenueError. */
export const fetchOkxTime = async (client: OkxClient): Promise<number> => {
  const [row] = await client.read("public/time");
  const time = parseNumber(timeSchema.safeParse(row).data?.ts);
  if (time === null || !Number.isSafeInteger(time) || time <= 0) {
    throw new VenueError("bad-response", "public/time: no usable time");
  }
  return time;
};
