"""What a curator runs and a user never imports: the data rules, what is generated, the schema."""
