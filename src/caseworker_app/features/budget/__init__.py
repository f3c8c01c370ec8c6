"""The budget of a month (« ressources, charges »), debts, and indicators that explain themselves."""
