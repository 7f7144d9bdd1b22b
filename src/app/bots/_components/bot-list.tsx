"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import type { BotSummary } from "~/contracts/bot-summary";
import { useTRPC } from "~/trpc/react";

const describeCycle = ({ lastCycle }: BotSummary): string => {
  if (!lastCycle) return "none yet";
  const reason = lastCycle.skipReason === null ? "" : ` (${lastCycle.skipReason})`;
  return `${lastCycle.slot.toISOString().slice(0, 16).replace("T", " ")} UTC, ${lastCycle.status}${reason}`;
};

const BotRow = ({ bot }: { readonly bot: BotSummary }) => (
  <tr>
    <th scope="row">{bot.name}</th>
    <td>{bot.mode}</td>
    <td>{bot.status}</td>
    <td className="number">
      {bot.equity ?? bot.allotment} {bot.currency}
    </td>
    <td>{describeCycle(bot)}</td>
  </tr>
);

/** The user's bots; read anew whenever the stream tells of something. */
export const BotList = ({ initial }: { readonly initial: BotSummary[] }) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const query = trpc.bots.list.queryOptions();
  const { data: bots } = useQuery({ ...query, initialData: initial });
  const onData = (): void => void queryClient.invalidateQueries({ queryKey: query.queryKey });
  useSubscription(trpc.live.events.subscriptionOptions({}, { onData }));
  if (bots.length === 0) return <p>You have no bots yet.</p>;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Mode</th>
          <th scope="col">Status</th>
          <th scope="col">Equity</th>
          <th scope="col">Last cycle</th>
        </tr>
      </thead>
      <tbody>
        {bots.map((bot) => (
          <BotRow key={bot.id} bot={bot} />
        ))}
      </tbody>
    </table>
  );
};
