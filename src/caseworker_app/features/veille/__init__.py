"""The isolation scheme (« veille »): a light follow-up without a measure, one person calling on a rhythm."""
