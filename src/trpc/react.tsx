"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { useState, type ReactNode } from "react";
import superjson from "superjson";
import type { AppRouter } from "~/server/api/root";
import { createHoldBackLink } from "./hold-back-link";
import { createQueryClient } from "./query-client";

const URL = "/api/trpc";
/** As many as the server takes. */
const BATCH_MAX = 10;

const context = createTRPCContext<AppRouter>();
export const { useTRPC, useTRPCClient } = context;

const createClient = () =>
  createTRPCClient<AppRouter>({
    links: [
      createHoldBackLink(),
      splitLink({
        condition: ({ type }) => type === "subscription",
        true: httpSubscriptionLink({ url: URL, transformer: superjson }),
        false: httpBatchLink({ url: URL, transformer: superjson, maxItems: BATCH_MAX }),
      }),
    ],
  });

/** Gives the pages inside the API and its cache. */
export const ApiProvider = ({ children }: { readonly children: ReactNode }) => {
  const [queryClient] = useState(createQueryClient);
  const [trpcClient] = useState(createClient);
  return (
    <QueryClientProvider client={queryClient}>
      <context.TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </context.TRPCProvider>
    </QueryClientProvider>
  );
};
