"""What a person does at the desk, as coroutines: each reads, asks, writes, and begins again where it was refused."""
