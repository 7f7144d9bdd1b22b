"use client";

import { useQuery } from "@tanstack/react-query";
import { ErrorState } from "~/components/ui/states";
import type { CycleView } from "~/contracts/cycle-view";
import type { CycleModel } from "~/contracts/model-view";
import { useTRPC } from "~/trpc/react";
import { CycleHead } from "./cycle-head";
import { DecisionSection } from "./decision-section";
import { EquitySection } from "./equity-section";
import { ExecutionSection } from "./execution-section";
import { MarketSection } from "./market-section";
import { ModelSection } from "./model/model-section";
import { PortfolioSection } from "./portfolio-section";
import { RiskSection } from "./risk-section";
import { StageFlow } from "./stage-flow";
import { hasBegun } from "./stage-words";

type SectionsProps = { readonly cycle: CycleView; readonly model: CycleModel };

const Sections = ({ cycle, model }: SectionsProps) => (
  <div className="mt-6 grid gap-6">
    <MarketSection cycle={cycle} />
    <PortfolioSection cycle={cycle} />
    <ModelSection cycle={cycle} model={model} />
    <DecisionSection cycle={cycle} />
    <RiskSection cycle={cycle} />
    <ExecutionSection cycle={cycle} />
    <EquitySection cycle={cycle} />
  </div>
);

type CycleContentProps = { readonly initial: CycleView; readonly model: CycleModel };

/** A cycle: what the bot saw, wanted, was told and did. Follows live until it has ended. */
export const CycleContent = ({ initial, model: first }: CycleContentProps) => {
  const trpc = useTRPC();
  const query = trpc.cycles.byId.queryOptions({ cycleId: initial.id });
  const { data: cycle, isError, refetch } = useQuery({ ...query, initialData: initial });
  const asked = trpc.models.ofCycle.queryOptions({ cycleId: initial.id });
  const { data: model } = useQuery({ ...asked, initialData: first });
  return (
    <>
      <CycleHead cycle={cycle} />
      {isError && <ErrorState title="The cycle could not be refreshed." onRetry={() => void refetch()} />}
      <StageFlow cycle={cycle} />
      {hasBegun(cycle) && <Sections cycle={cycle} model={model} />}
    </>
  );
};
