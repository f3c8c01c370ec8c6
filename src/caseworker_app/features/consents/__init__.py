"""Who of a household agreed to share what, with whom, why and until when (« accord de partage »)."""
