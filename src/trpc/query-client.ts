import { QueryClient } from "@tanstack/react-query";

/** What was read stays fresh until an event says otherwise: pages follow the stream and do not poll. */
export const createQueryClient = (): QueryClient =>
  new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY, retry: 1 } } });
