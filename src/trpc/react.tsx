"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { createContext, use, useState, type ReactNode } from "react";
import superjson from "superjson";
import type { AppRouter } from "~/server/api/root";
import { createConfirmationDesk, type ConfirmationDesk } from "./confirmation-desk";
import { createHoldBackLink } from "./hold-back-link";
import { createQueryClient } from "./query-client";
import { createStepUpLink } from "./step-up-link";

const URL = "/api/trpc";
/** As many as the server takes. */
const BATCH_MAX = 10;

const context = createTRPCContext<AppRouter>();
export const { useTRPC, useTRPCClient } = context;

const DeskContext = createContext<ConfirmationDesk | null>(null);

/** The desk at which calls of this page ask for the password. Throws outside the provider. */
export const useConfirmationDesk = (): ConfirmationDesk => {
  const desk = use(DeskContext);
  if (desk === null) throw new Error("useConfirmationDesk needs an ApiProvider above it");
  return desk;
};

const createClient = (desk: ConfirmationDesk) =>
  createTRPCClient<AppRouter>({
    links: [
      createStepUpLink(desk.ask),
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
  const [desk] = useState(createConfirmationDesk);
  const [trpcClient] = useState(() => createClient(desk));
  return (
    <QueryClientProvider client={queryClient}>
      <context.TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        <DeskContext value={desk}>{children}</DeskContext>
      </context.TRPCProvider>
    </QueryClientProvider>
  );
};
