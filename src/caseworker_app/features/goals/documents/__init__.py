"""The papers of this room as pages: the plan handed to the household, the contract, the evaluation."""
