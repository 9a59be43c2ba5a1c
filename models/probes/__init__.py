"""What a trained net is asked: its feature maps, its accuracy."""
