#!/usr/bin/env bash
# Plans a layer, or applies exactly the plan that was made in the same run. The plan itself may hold secrets: it is kept
# beside the state, encrypted like it; what people read is its text, in which Terraform hides them.
#
# Usage: .github/scripts/terraform.sh --layer platform|services --step plan|apply
#   plan writes plan-<layer>.txt
# Reads: RUN (the run's number), STATE_BUCKET, AWS_REGION, TERRAFORM_VARIABLES (the layers' variables, as one JSON object
#        with a key for each layer; the bucket and the region are known already)
# Needs: terraform, aws, jq
# Fails when the layer cannot be planned, and when its plan is missing, or out of date, at the apply.
set -euo pipefail
# shellcheck source=.github/scripts/lib.sh
source "$(dirname "$0")/lib.sh"

layer='' step=''
options layer step -- "$@"
one_of layer "$layer" platform services
one_of step "$step" plan apply
needs RUN '[0-9]+' "the run's number"
needs STATE_BUCKET '[a-z0-9.-]{3,63}' 'the bucket of the Terraform states'
needs AWS_REGION '[a-z0-9-]+' 'the region, like us-east-1'

folder=tf/environments/demo/$layer
kept=s3://$STATE_BUCKET/demo/plans/$RUN-$layer.tfplan
plan=$WORK/plan

if [[ $step == plan ]]; then
    jq --arg layer "$layer" '.[$layer] // {}' <<<"${TERRAFORM_VARIABLES:-{\}}" >"$WORK/variables.tfvars.json" 2>"$WORK/why" ||
        refuse 'TERRAFORM_VARIABLES must be a JSON object with a key for each layer.'
fi

in_layer() { terraform -chdir="$folder" "$@"; }

in_layer init -input=false -no-color -backend-config="bucket=$STATE_BUCKET" -backend-config="region=$AWS_REGION" ||
    fail "The state of $layer is out of reach: the messages above say why."
if [[ $step == apply ]]; then
    aws s3 cp "$kept" "$plan" --only-show-errors || fail "There is no plan of $layer from this run."
    in_layer apply -input=false -no-color "$plan" || fail "The plan of $layer was not applied as a whole: the messages above say what of it was."
    succeed "The layer $layer is as planned."
    exit
fi
in_layer plan -input=false -no-color -var "region=$AWS_REGION" -var "state_bucket=$STATE_BUCKET" \
    -var-file="$WORK/variables.tfvars.json" -out="$plan" >"$WORK/said" || {
    block <"$WORK/said"
    fail "The layer $layer cannot be planned."
}
in_layer show -no-color "$plan" >"plan-$layer.txt"
aws s3 cp "$plan" "$kept" --only-show-errors || fail 'The bucket does not keep the plan.'
heading "Plan: $layer"
block <"plan-$layer.txt"
succeed "The layer $layer is planned: $(grep --extended-regexp '^(Plan:|No changes)' "plan-$layer.txt" || echo 'see above')"
